// A font made from nothing, for tests: every letter of a range is the same black box, so that a line set in it has a
// width known beforehand. TrueType tables in a WOFF2 file (W3C WOFF File Format 2.0) without their transformations.
'use strict';
const zlib = require('node:zlib');

const UNITS = 1000;
const BOX = 400; // advance of each letter, of 1000 units an em

function bytes(...fields) { // [size, value] pairs, big endian
    const out = Buffer.alloc(fields.reduce((sum, [size]) => sum + Math.abs(size), 0));
    let at = 0;
    for (const [size, value] of fields) {
        if (size < 0) {
            out.writeIntBE(value, at, -size);
        } else {
            out.writeUIntBE(value, at, size);
        }
        at += Math.abs(size);
    }
    return out;
}

// One segment of letters that are all glyph 1, by an array of glyphs; and the end of the table.
function cmap(first, last) {
    const count = last - first + 1;
    const glyphs = Array.from({ length: count }, () => [2, 1]);
    const length = 16 + 8 * 2 + 2 * count;
    return bytes([2, 0], [2, 1], [2, 3], [2, 1], [4, 12],
        [2, 4], [2, length], [2, 0], [2, 4], [2, 4], [2, 1], [2, 0],
        [2, last], [2, 0xffff], [2, 0], [2, first], [2, 0xffff], [2, 0], [2, 1], [2, 4], [2, 0], ...glyphs);
}

function glyph() {
    const head = bytes([-2, 1], [-2, 0], [-2, 0], [-2, BOX - 50], [-2, 700], [2, 3], [2, 0]);
    const flags = Buffer.from([1, 1, 1, 1]);
    const points = bytes([-2, 0], [-2, 0], [-2, BOX - 50], [-2, 0], [-2, 0], [-2, 700], [-2, 0], [-2, -700]);
    return Buffer.concat([head, flags, points]);
}

function tables(family, first, last) {
    const box = glyph();
    const name = Buffer.from(family, 'utf16le').swap16();
    const record = (id, offset) => [[2, 3], [2, 1], [2, 0x409], [2, id], [2, name.length], [2, offset]];
    return {
        'OS/2': bytes([2, 4], [-2, BOX], [2, 400], [2, 5], [2, 0], ...Array.from({ length: 10 }, () => [-2, 100]), [-2, 0],
            ...Array.from({ length: 10 }, () => [1, 0]), [4, 1], [4, 0], [4, 0], [4, 0], [4, 0x6e6f6e65], [2, 64], [2, first], [2, last],
            [-2, 800], [-2, -200], [-2, 0], [2, 800], [2, 200], [4, 1], [4, 0], [-2, 500], [-2, 700], [2, 0], [2, 32], [2, 1]),
        cmap: cmap(first, last),
        glyf: Buffer.concat([box, box]),
        head: bytes([4, 0x10000], [4, 0x10000], [4, 0], [4, 0x5f0f3cf5], [2, 3], [2, UNITS], [4, 0], [4, 0], [4, 0], [4, 0],
            [-2, 0], [-2, 0], [-2, BOX], [-2, 700], [2, 0], [2, 8], [-2, 2], [-2, 1], [-2, 0]),
        hhea: bytes([4, 0x10000], [-2, 800], [-2, -200], [-2, 0], [2, BOX], [-2, 0], [-2, 0], [-2, BOX], [-2, 1], [-2, 0], [-2, 0],
            [-2, 0], [-2, 0], [-2, 0], [-2, 0], [-2, 0], [2, 2]),
        hmtx: bytes([2, BOX], [-2, 0], [2, BOX], [-2, 0]),
        loca: bytes([4, 0], [4, box.length], [4, 2 * box.length]),
        maxp: bytes([4, 0x10000], [2, 2], [2, 4], [2, 1], [2, 0], [2, 0], [2, 1], [2, 0], [2, 0], [2, 0], [2, 0], [2, 0], [2, 0], [2, 0], [2, 0]),
        name: Buffer.concat([bytes([2, 0], [2, 4], [2, 6 + 4 * 12], ...record(1, 0), ...record(2, 0), ...record(4, 0), ...record(6, 0)), name]),
        post: bytes([4, 0x30000], [4, 0], [-2, -100], [-2, 50], [4, 0], [4, 0], [4, 0], [4, 0], [4, 0]),
    };
}

const KNOWN = ['cmap', 'head', 'hhea', 'hmtx', 'maxp', 'name', 'OS/2', 'post', 'cvt ', 'fpgm', 'glyf', 'loca'];

function base128(number) {
    const out = [number & 127];
    for (let rest = number >> 7; rest > 0; rest >>= 7) {
        out.unshift((rest & 127) | 128);
    }
    return Buffer.from(out);
}

// The file's bytes. A letter is BOX / UNITS of an em wide.
function boxFont(family, first, last) {
    const all = tables(family, first, last);
    const names = Object.keys(all);
    const directory = Buffer.concat(names.map((name) => Buffer.concat([
        Buffer.from([KNOWN.indexOf(name) | (name === 'glyf' || name === 'loca' ? 3 << 6 : 0)]), base128(all[name].length)])));
    const packed = zlib.brotliCompressSync(Buffer.concat(Object.values(all)));
    const whole = names.reduce((sum, name) => sum + ((all[name].length + 3) & ~3), 12 + 16 * names.length);
    const length = (48 + directory.length + packed.length + 3) & ~3;
    const header = bytes([4, 0x774f4632], [4, 0x10000], [4, length], [2, names.length], [2, 0], [4, whole], [4, packed.length],
        [2, 1], [2, 0], [4, 0], [4, 0], [4, 0], [4, 0], [4, 0]);
    const out = Buffer.alloc(length);
    Buffer.concat([header, directory, packed]).copy(out);
    return out;
}

module.exports = { WIDTH: BOX / UNITS, boxFont };
