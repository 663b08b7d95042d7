// What makes the office nicer; nothing needs it. A form that is on its way is not sent a second time.
'use strict';
document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented) {
        return; // a script sends it, now or later
    }
    if (form.dataset.sent && Date.now() - form.dataset.sent < 5000) {
        event.preventDefault();
    }
    form.dataset.sent = Date.now();
});
