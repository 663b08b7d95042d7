// The other forms of a story's page (its way to readers, its task, comments) act on what the office has: before one goes,
// what was typed goes. If it cannot, nothing is done, and the page says so beside the button. The story's own form waits for
// what is under way only.
export function beside(form, texts, keep) {
  const own = `/stories/${form.dataset.story}/`;
  const word = document.createElement('p');
  word.setAttribute('role', 'alert');
  let going = false;

  const concerns = (other) => {
    const path = other.getAttribute('action') || '';
    return other !== form && path.startsWith(own) && path !== `${own}drop`; // who gives it up wants it kept nowhere
  };

  document.addEventListener('submit', async (event) => {
    const { target, submitter } = event;
    word.remove();
    const saves = target === form;
    if (saves ? !keep.busy() : !concerns(target) || !keep.pending()) return;
    event.preventDefault();
    if (going) return;
    going = true;
    const told = await (saves ? keep.settled() : keep.told());
    going = false;
    if (told) {
      target.requestSubmit(submitter);
    } else {
      word.textContent = `${texts.unkept} ${keep.why()}`;
      target.append(word);
    }
  }, { capture: true }); // before office.js, which notes what goes
}
