// Copies of a story's form in the browser's own store, one a window. A window that is open answers when another asks; a
// copy whose window does not is nobody's, and offered by the next page of its story.
const ANSWERS = 250; // ms until windows that are open have answered
const MOST = 8; // copies of one story; the oldest go
const AGE = 60 * 24 * 3600 * 1000; // ms

export function copies(story) {
  const place = `${story}-${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  const open = new Set();
  let channel = null;

  function read(key) {
    try {
      const copy = JSON.parse(localStorage.getItem(key));
      return copy?.values && Date.now() - copy.at < AGE ? { ...copy, key } : null;
    } catch {
      return null;
    }
  }
  const drop = ({ key }) => localStorage.removeItem(key);

  // All of this story, newest first, without what cannot be read, is too old or one too many.
  function all() {
    const keys = Object.keys(localStorage).filter((key) => key === story || key.startsWith(`${story}-`));
    keys.filter((key) => !read(key)).forEach((key) => drop({ key }));
    const found = keys.map(read).filter(Boolean).sort((a, b) => b.at - a.at);
    found.splice(MOST).filter(({ key }) => key !== place).forEach(drop);
    return found;
  }

  function stay() {
    channel = new BroadcastChannel(story);
    channel.addEventListener('message', ({ data }) => {
      if (data === 'who') channel?.postMessage(place);
      else open.add(data);
    });
  }
  stay();

  return {
    put(values) {
      try {
        localStorage.setItem(place, JSON.stringify({ at: Date.now(), values }));
        return true;
      } catch {
        return false;
      }
    },
    forget: () => drop({ key: place }),
    drop,
    all,
    stay,
    leave() {
      channel?.close();
      channel = null;
    },
    async others() {
      open.clear();
      channel?.postMessage('who');
      await new Promise((resolve) => { setTimeout(resolve, ANSWERS); });
      return all().filter(({ key }) => key !== place && !open.has(key));
    },
  };
}
