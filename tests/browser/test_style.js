// A page looks the same wherever its edition lies: from `stand`, from a plain nginx that serves the export, and from
// the disk. The page's own policy (Content-Security-Policy in its <meta>) is in force in each; a policy that does not
// know the hash of the page's style would leave the browser's default look and a violation in the console.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { assert, kolokol, open, run, temporary } = require('./harness.js');
const { nginx, stand, walk } = require('./paper.js');

const STORY = `---
title: The bridge is open again
date: 2026-03-04T10:00:00Z
language: en
section: city
status: published
---
The bridge over the river is open again after **eleven weeks**.

> It was a long winter without it.

| day | crossings |
|-----|-----------|
| Monday | 1,204 |
`;
const PROPERTIES = ['fontFamily', 'fontSize', 'lineHeight', 'color', 'backgroundColor', 'maxWidth', 'marginTop',
    'paddingLeft', 'display', 'fontWeight', 'textAlign'];
const SELECTORS = ['body', 'h1', 'main', 'main p', 'a', 'footer', 'blockquote', 'table', 'form', 'input'];

let newsroom, exported, page;
const seen = {};

function prepare() {
    newsroom = path.join(temporary('style'), 'paper');
    exported = path.join(temporary('export'), 'edition');
    kolokol('init', '--name', 'The Test Bell', '--languages', 'en', newsroom);
    const file = path.join(temporary('story'), 'bridge.md');
    fs.writeFileSync(file, STORY);
    kolokol('-C', newsroom, 'story', 'add', file);
    kolokol('-C', newsroom, 'press');
    kolokol('-C', newsroom, 'edition', 'export', exported);
    page = walk(exported).find((name) => /^2026\/03\/04\/[^/]+\.html$/.test(name));
    assert.ok(page, 'the export has no page of the story');
}

// The computed styles of a page, what it complained of, and what it asked for elsewhere.
async function look(url, pageOptions = {}) {
    const tab = await open(pageOptions);
    const complaints = [];
    const foreign = [];
    tab.on('console', (message) => message.type() === 'error' && complaints.push(`${message.text()} ${message.location().url}`));
    tab.on('pageerror', (error) => complaints.push(String(error)));
    tab.on('request', (request) => {
        if (new URL(request.url()).origin !== new URL(url).origin && !request.url().startsWith('data:')) {
            foreign.push(request.url());
        }
    });
    await tab.goto(url, { waitUntil: 'load' });
    const styles = await tab.evaluate(({ selectors, properties }) => selectors.map((selector) => {
        const element = document.querySelector(selector);
        const style = element && getComputedStyle(element);
        return style && [selector, properties.map((property) => style[property])];
    }).filter(Boolean), { selectors: SELECTORS, properties: PROPERTIES });
    const policy = await tab.evaluate(() =>
        document.querySelector('meta[http-equiv="Content-Security-Policy" i]')?.content || '');
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await tab.context().close();
    return { styles, complaints, foreign, policy, wide };
}

function judge(result) {
    assert.deepEqual(result.complaints, []);
    assert.deepEqual(result.foreign, []);
    assert.match(result.policy, /style-src[^;]*'sha256-/);
    assert.doesNotMatch(result.policy, /unsafe-inline|unsafe-eval/);
    assert.ok(result.styles.length >= 4, 'too few of the elements looked for: ' + JSON.stringify(result.styles));
}

async function fromStand() {
    seen.stand = await look(`${await stand(newsroom)}/${page}`);
    judge(seen.stand);
}

async function fromNginx() {
    const address = await nginx(exported);
    seen.nginx = await look(`${address}/${page}`);
    judge(seen.nginx);
    assert.deepEqual(seen.nginx.styles, seen.stand.styles);
}

async function fromDisk() {
    seen.disk = await look(pathToFileURL(path.join(exported, page)).href);
    judge(seen.disk);
    assert.deepEqual(seen.disk.styles, seen.stand.styles);
}

// Without the style element the same page must look otherwise: else the three agree on nothing.
async function styleMatters() {
    const bare = path.join(exported, 'bare.html');
    fs.writeFileSync(bare, fs.readFileSync(path.join(exported, page), 'utf8').replace(/<style[\s\S]*?<\/style>/g, ''));
    const result = await look(pathToFileURL(bare).href);
    assert.notDeepEqual(result.styles, seen.stand.styles);
}

// An altered style is refused by the policy: the hash is really asked for.
async function policyBites() {
    const altered = path.join(path.dirname(path.join(exported, page)), 'altered.html');
    fs.writeFileSync(altered, fs.readFileSync(path.join(exported, page), 'utf8').replace(/<style>/, '<style>h1{color:#123456}'));
    const result = await look(pathToFileURL(altered).href);
    assert.ok(result.complaints.some((line) => /style-src/.test(line)), 'no complaint: ' + result.complaints);
}

async function onAPhone() {
    const small = { viewport: { width: 320, height: 640 } };
    const result = await look(pathToFileURL(path.join(exported, page)).href, small);
    assert.ok(result.wide <= 0, `the page is ${result.wide} px wider than a phone of 320 px`);
}

run([
    ['a newsroom with one story is pressed and exported', async () => prepare()],
    ['style from stand', fromStand],
    ['style from nginx', fromNginx],
    ['style from the disk', fromDisk],
    ['style is not the default', styleMatters],
    ['policy refuses an altered style', policyBites],
    ['no sideways scrolling at 320 px', onAPhone],
]);
