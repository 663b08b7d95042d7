// Dragging on the front, and Alt with the arrow keys: each sends the form of the slot, as its buttons do.
'use strict';
(() => {
    const slots = document.querySelectorAll('.slots > li[data-slot]');
    let carried = null;

    function send(slot, to) {
        const form = slot.querySelector('form');
        const field = document.createElement('input');
        field.type = 'hidden';
        field.name = 'to';
        field.value = to;
        form.append(field);
        form.requestSubmit();
    }
    function unmark() {
        slots.forEach((slot) => slot.classList.remove('above', 'below', 'carried'));
    }
    // Where the carried slot would go: before this one if it comes from below, else behind it.
    function mark(slot) {
        unmark();
        carried.classList.add('carried');
        if (slot !== carried) {
            slot.classList.add(Number(slot.dataset.slot) < Number(carried.dataset.slot) ? 'above' : 'below');
        }
    }
    slots.forEach((slot) => {
        slot.draggable = slot.querySelector('button') !== null;
        slot.addEventListener('dragstart', (event) => {
            carried = slot;
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/plain', slot.dataset.slot);
        });
        slot.addEventListener('dragover', (event) => {
            if (carried) {
                event.preventDefault();
                mark(slot);
            }
        });
        slot.addEventListener('drop', (event) => {
            event.preventDefault();
            const from = carried;
            carried = null;
            unmark();
            if (from && from !== slot) {
                send(from, slot.dataset.slot);
            }
        });
        slot.addEventListener('dragend', () => {
            carried = null;
            unmark();
        });
        slot.addEventListener('keydown', (event) => {
            const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
            const to = Number(slot.dataset.slot) + (way || 0);
            if (event.altKey && way && to >= 1 && to <= slots.length && slot.draggable) {
                event.preventDefault();
                send(slot, to);
            }
        });
    });
})();
