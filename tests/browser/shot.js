// Photos that nobody else has, with what a camera and an agency write into them: a JPEG of one colour, and its tags.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { assert, open } = require('./harness.js');

function exiftool(...args) {
    const done = spawnSync('exiftool', args, { encoding: 'utf8' });
    assert.ok(done.status === 0, `exiftool ${args.join(' ')}: ${done.stderr || done.error}`);
    return done.stdout;
}

// Writes it into the folder; where it is. It says where it was taken, which must not stay.
async function shot(folder, name, colour, ...tags) {
    const file = path.join(folder, name);
    const page = await open();
    const url = await page.evaluate((fill) => {
        const canvas = document.createElement('canvas');
        canvas.width = 900;
        canvas.height = 600;
        const pen = canvas.getContext('2d');
        pen.fillStyle = fill;
        pen.fillRect(0, 0, 900, 600);
        pen.clearRect(100, 100, 200, 300);
        return canvas.toDataURL('image/jpeg');
    }, colour);
    await page.context().close();
    fs.writeFileSync(file, Buffer.from(url.split(',')[1], 'base64'));
    exiftool('-q', '-overwrite_original', '-GPSLatitude=56.9', '-GPSLatitudeRef=N', '-GPSLongitude=24.1',
        '-GPSLongitudeRef=E', '-XMP-exif:GPSLatitude=56.9', '-Make=Nobody', ...tags, file);
    assert.match(exiftool('-GPSLatitude', file), /56 deg/);
    return file;
}

module.exports = { shot };
