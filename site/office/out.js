// What was published or entered and is not in the edition yet: asks on (each answer waits up to a second), and then shows
// the live address. Without script the link does the same. The page of a live story sends the event "out" with a box
// for each entry that it has sent.
'use strict';
(() => {
    async function follow(box) {
        for (let tries = 0; box.isConnected && box.dataset.again && tries < 120; tries++) {
            const reply = await fetch(box.dataset.again, { credentials: 'same-origin' }).catch(() => null);
            const page = reply?.ok ? new DOMParser().parseFromString(await reply.text(), 'text/html') : null;
            const now = page?.getElementById('out');
            if (now && !now.dataset.again) {
                box.replaceChildren(...now.childNodes);
                delete box.dataset.again;
                if (!('stays' in box.dataset)) {
                    history.replaceState(null, '', reply.url);
                }
            } else {
                await new Promise((resolve) => setTimeout(resolve, reply?.ok ? 500 : 3000));
            }
        }
    }
    const there = document.getElementById('out');
    if (there) {
        follow(there);
    }
    document.addEventListener('out', (event) => follow(event.detail));
})();
