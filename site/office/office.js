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

// Of names parted by commas each is offered, not the first one only: behind what stands before the last comma.
for (const field of document.querySelectorAll('input[data-many]')) {
    const options = [...field.list?.options ?? []];
    const names = options.map((option) => option.value);
    field.addEventListener('input', () => {
        const before = /^(?:.*,\s*)?(?:reporting:\s*)?/i.exec(field.value)[0];
        options.forEach((option, i) => { option.value = before + names[i]; });
    });
}
