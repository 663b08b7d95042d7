// The part of a picture that stays: drawn with the pointer, or written as four numbers, which say the same.
'use strict';
const cropPlace = document.getElementById('crop-picture');
const cropImage = cropPlace && cropPlace.querySelector('img');
const cropFields = ['left', 'top', 'width', 'height'].map((name) => document.getElementById(`crop-${name}`));
if (cropImage && cropFields.every(Boolean)) {
    const frame = document.createElement('span');
    frame.className = 'frame';
    cropPlace.append(frame);
    cropPlace.classList.add('draws');
    const show = () => {
        const [x, y, width, height] = cropFields.map((field) => Number(field.value) || 0);
        frame.style.left = `${cropImage.offsetLeft + cropImage.offsetWidth * x / 100}px`;
        frame.style.top = `${cropImage.offsetTop + cropImage.offsetHeight * y / 100}px`;
        frame.style.width = `${cropImage.offsetWidth * Math.min(width, 100 - x) / 100}px`;
        frame.style.height = `${cropImage.offsetHeight * Math.min(height, 100 - y) / 100}px`;
    };
    // Per cent in the picture, with one figure behind the point.
    const place = (event) => {
        const box = cropImage.getBoundingClientRect();
        const part = (at, from, size) => Math.round(Math.min(100, Math.max(0, (at - from) / size * 100)) * 10) / 10;
        return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
    };
    let from = null;
    cropImage.draggable = false;
    cropPlace.addEventListener('pointerdown', (event) => {
        from = place(event);
        cropPlace.setPointerCapture(event.pointerId);
        event.preventDefault();
    });
    cropPlace.addEventListener('pointermove', (event) => {
        if (!from) {
            return;
        }
        const to = place(event);
        const values = [0, 1].map((i) => Math.min(from[i], to[i])).concat([0, 1].map((i) => Math.abs(to[i] - from[i])));
        if (values[2] >= 1 && values[3] >= 1) {
            cropFields.forEach((field, i) => { field.value = String(Math.round(values[i] * 10) / 10); });
            show();
        }
    });
    for (const end of ['pointerup', 'pointercancel']) {
        cropPlace.addEventListener(end, () => { from = null; });
    }
    cropFields.forEach((field) => field.addEventListener('input', show));
    addEventListener('resize', show);
    cropImage.complete ? show() : cropImage.addEventListener('load', show);
}
