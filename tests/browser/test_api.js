// The API over HTTP against its own document: the document is OpenAPI 3.1, each operation of it is asked, and each
// answer is what it says, as a validator that is not ours sees it. No browser takes part.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const Ajv = require('ajv/dist/2020');
const { SOURCE, assert, kolokol, run, temporary } = require('./harness.js');
const { at, openOffice } = require('./office.js');

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'date-time': MOMENT } });
const asked = new Set();
let document = null;
let operations = null; // by operationId: { path, method, … }
let token = '';

function fits(pointer, value, what) {
    const valid = ajv.validate({ $ref: `api#${pointer}` }, value);
    assert.ok(valid, `${what}: ${ajv.errorsText()}: ${JSON.stringify(value).slice(0, 400)}`);
}

const escaped = (text) => text.replaceAll('~', '~0').replaceAll('/', '~1');

// Asks an operation; the answer's JSON, with `etag`, checked against the document. `status`: what it must be.
async function ask(id, { parts = {}, query = '', body, bytes, headers = {}, status = 200 } = {}) {
    const operation = operations[id];
    const target = operation.path.replace(/\{(\w+)\}/g, (all, name) => parts[name]);
    const at_ = `/paths/${escaped(operation.path)}/${operation.method}`;
    const type = bytes ? 'image/png' : 'application/json';
    if (body && status < 400) {
        fits(`${at_}/requestBody/content/application~1json/schema`, body, `${id}, its body`);
    }
    const reply = await fetch(at.office.replace('office.localhost', '127.0.0.1') + target + query, {
        method: operation.method.toUpperCase(),
        headers: { authorization: `Bearer ${token}`, ...(body || bytes ? { 'content-type': type } : {}), ...headers },
        body: bytes || (body && JSON.stringify(body)),
    });
    const given = await reply.json();
    assert.equal(reply.status, status, `${id}: ${JSON.stringify(given)}`);
    if (status < 400) {
        const content = `${at_}/responses/${status}/content/application~1json/schema`;
        assert.equal(reply.headers.get('content-type'), 'application/json');
        fits(content, given, id);
        assert.equal(reply.headers.has('etag'), Boolean(operation.responses[status].headers?.ETag), `${id}: ETag`);
        asked.add(id);
    } else {
        assert.equal(reply.headers.get('content-type'), 'application/problem+json');
        fits('/components/schemas/Problem', given, id);
    }
    return { ...given, etag: reply.headers.get('etag') };
}

async function begin() {
    await openOffice();
    token = kolokol('-C', at.newsroom, 'staff', 'token', 'mara@harbour-bell.example', '--scope',
        'read,write,publish,media,front,embargoed,newsletters,state,erase,settings,compose,theme').trim().split('\n').pop();
    document = JSON.parse(fs.readFileSync(path.join(SOURCE, 'docs/api/openapi.json'), 'utf8'));
    ajv.addSchema(document, 'api');
    operations = {};
    for (const [where, methods] of Object.entries(document.paths)) {
        for (const [method, operation] of Object.entries(methods)) {
            operations[operation.operationId] = { path: where, method, ...operation };
        }
    }
}

async function isOpenApi() {
    const { Validator } = await import('@seriousme/openapi-schema-validator');
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    assert.ok(result.valid, JSON.stringify(result.errors));
    assert.equal(validator.version, '3.1');
    const { etag, ...served } = await ask('document');
    assert.deepEqual(served, document);
}

async function stories() {
    const body = {
        id: 'wire-1', title: 'Harbour reopens', agency: 'Wire Agency', section: 'City', topics: ['Harbour'],
        authors: ['Vera Lind'], body: 'The harbour is *open*.', lead: 'At noon.', language: 'en',
    };
    const story = await ask('story-make', { body, status: 201 });
    const parts = { id: story.number, number: 1 };
    await ask('story-make', { body });
    await ask('story-make', { body: { title: 'x', status: 'published' }, status: 422 });
    await ask('story-list', { query: '?limit=5' });
    await ask('story-list', { query: '?nothing=1', status: 422 });
    await ask('story-read', { parts, query: '?rendered=1' });
    await ask('story-read', { parts: { id: 9999 }, status: 404 });
    await ask('story-revisions', { parts });
    await ask('story-revision', { parts });
    await ask('story-change', { parts, body: { lead: 'x' }, status: 428 });
    await ask('story-change', { parts, body: { lead: 'x' }, headers: { 'if-match': '"0.0"' }, status: 412 });
    const changed = await ask('story-change', { parts, body: { lead: 'Now.', kind: 'opinion' }, headers: { 'if-match': story.etag } });
    await ask('story-stage', { parts, body: { status: 'ready' } });
    await ask('story-embargo', { parts, body: { until: '2190-01-01 08:00' } });
    await ask('story-read', { parts });
    await ask('story-embargo', { parts, body: { until: '' } });
    const fresh = await ask('story-read', { parts });
    assert.notEqual(fresh.etag, changed.etag);
    const later = await ask('story-schedule', { parts, body: { when: '2190-01-01T08:00:00Z' }, headers: { 'if-match': fresh.etag } });
    assert.equal(later.status, 'scheduled');
    const back = await ask('story-withdraw', { parts });
    await ask('story-publish', { parts, headers: { 'if-match': back.etag } });
    await ask('story-correct', { parts, body: { text: 'It was at one.' } });
    await ask('story-corrections', { parts });
    await ask('front-set', { parts: { slot: 2 }, body: { story: story.number } });
    await ask('front', { query: '?language=en' });
    await ask('front-clear', { parts: { slot: 2 }, body: {} });
    await ask('breaking-set', { body: { text: 'The harbour is open', story: story.number, until: '2190-01-01' } });
    await ask('breaking');
    await ask('breaking-clear', { body: {} });
    await ask('story-withdraw', { parts });
    const reopened = await ask('story-reopen', { parts });
    await ask('story-discard', { parts, body: {}, headers: { 'if-match': reopened.etag }, status: 409 });
    const draft = await ask('story-make', { body: { title: 'Never out', language: 'en' }, status: 201 });
    const gone = { parts: { id: draft.number }, body: {}, headers: { 'if-match': draft.etag } };
    await ask('story-discard', { parts: { id: draft.number }, body: {}, status: 428 });
    await ask('story-discard', gone);
    await ask('story-discard', { ...gone, status: 404 });
}

async function pictures() {
    const bytes = fs.readFileSync(path.join(SOURCE, 'site/demo/pictures/ferry.png'));
    const { upload } = await ask('picture-add', { bytes, query: '?name=ferry.png', status: 202 });
    await ask('upload-read', { parts: { id: upload } });
    const list = await ask('picture-list', { query: '?limit=1' });
    const parts = { id: list.pictures[0].number };
    const picture = await ask('picture-read', { parts });
    await ask('picture-describe', {
        parts, body: { alt: 'A ferry', licence_until: '2190-01-01' }, headers: { 'if-match': picture.etag },
    });
    const { etag } = await ask('picture-read', { parts });
    await ask('picture-crop', { parts, body: { part: '0,0,200,100' }, headers: { 'if-match': etag }, status: 422 });
    await ask('picture-crop', { parts, body: { part: '25,0,50,100' }, headers: { 'if-match': etag }, status: 202 });
    const fresh = await ask('picture-read', { parts });
    await ask('picture-replace', { parts, bytes, headers: { 'if-match': fresh.etag }, status: 202 });
    const dot = path.join(temporary('api'), 'dot.gif');
    fs.writeFileSync(dot, Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'));
    kolokol('-C', at.newsroom, 'media', 'add', dot);
    await new Promise((resolve) => setTimeout(resolve, 200)); // meanwhile the office has hung up
    const unused = await ask('picture-list', { query: '?unused=1&limit=1' });
    const gone = { id: unused.pictures[0].number };
    const last = await ask('picture-read', { parts: gone });
    await ask('picture-remove', { parts: gone, body: {}, headers: { 'if-match': last.etag } });
}

async function paper() {
    const story = await ask('story-make', { body: { title: 'Fog', topics: ['Mist', 'Haze'], authors: ['A. Berg', 'Anna Berg'] }, status: 201 });
    const parts = { id: story.number, number: 1 };
    const { etag } = await ask('story-change', { parts, body: { lead: 'Now.' }, headers: { 'if-match': story.etag } });
    const again = await ask('story-restore', { parts, body: {}, headers: { 'if-match': etag } });
    await ask('redirect-add', { body: { path: 'old/fog.html', target: 'https://fog.example/' }, status: 201 });
    await ask('redirect-list', { query: '?limit=2' });
    await ask('redirect-remove', { body: { path: 'old/fog.html' } });
    await ask('section-add', { body: { name: 'Weather' }, status: 201 });
    await ask('section-change', { body: { slug: 'weather', hidden: true, place: 1 } });
    await ask('topic-change', { body: { slug: 'mist', about: 'Thin fog.' } });
    await ask('topic-merge', { body: { slug: 'haze', into: 'mist' } });
    await ask('author-change', { body: { slug: 'anna-berg', about: 'Writes.' } });
    await ask('author-merge', { body: { slug: 'a-berg', into: 'Anna Berg' } });
    await ask('setting-list');
    const { pages } = await ask('page-list', { query: '?language=en' });
    await ask('page-order', { parts: { id: pages[0].number }, body: { place: 2, hidden: false } });
    await ask('theme-list');
    await ask('theme-read', { query: '?name=none.css', status: 404 });
    const style = await ask('theme-read', { query: '?name=story.css' });
    const file = { name: 'story.css', text: `${style.text}\n/* ours */\n` };
    await ask('theme-check', { body: file });
    await ask('theme-set', { body: file, status: 428 });
    const own = await ask('theme-set', { body: file, headers: { 'if-match': style.etag } });
    await ask('theme-reset', { body: { name: 'story.css' }, headers: { 'if-match': own.etag } });
    await ask('setting-set', { body: { name: 'description', value: 'News of the harbour' } });
    await ask('name-look', { body: { names: ['Anna Berg'] } });
    await ask('name-withhold', { body: { names: ['Nobody Known'], reason: 'In danger' }, status: 202 });
    await ask('erasure-list');
    const { etag: seen } = await ask('story-read', { parts: { id: again.number } });
    await ask('story-takedown', { parts, body: { reason: 'A court' }, headers: { 'if-match': seen }, status: 202 });
}

async function outside() {
    const story = await ask('story-make', { body: { title: 'The quay', language: 'en', body: 'It opens.' }, status: 201 });
    const parts = { id: story.number };
    await ask('reading-make', { parts, body: { name: 'A lawyer', hours: 2 }, status: 201 });
    const { readings } = await ask('reading-list', { parts });
    await ask('reading-end', { parts: { ...parts, number: readings[0].number }, body: {} });
    await ask('reading-end', { parts: { ...parts, number: 9999 }, body: {}, status: 404 });
    const { revisions } = await ask('story-revisions', { parts });
    const draft = await ask('translation-begin', { parts, body: { language: 'ru' }, status: 201 });
    const mine = { id: draft.number };
    await ask('translation-mark', { parts: mine, body: { original: story.number, revision: revisions.length } });
    await ask('translation-read', { parts: mine });
}

async function work() {
    const story = await ask('story-make', { body: { title: 'Storm, live', kind: 'live', body: 'All day.' }, status: 201 });
    const parts = { id: story.number };
    await ask('comment-add', { parts, body: { text: 'Since when?', passage: 'All day' }, status: 201 });
    const { comments } = await ask('comment-list', { parts });
    await ask('comment-settle', { parts: { ...parts, number: comments[0].number }, body: {} });
    await ask('task-set', { parts, body: { assignee: 'tomas@harbour-bell.example', due: '2190-01-01' } });
    await ask('task-set', { parts, body: { assignee: 'nobody@bell.example' }, status: 422 });
    assert.equal((await ask('task-read', { parts })).assignee, 'tomas@harbour-bell.example');
    const entry = await ask('entry-add', { parts, body: { id: 'a1', title: 'Gale', body: 'It *blows*.' }, status: 201 });
    await ask('entry-add', { parts, body: { id: 'a1', title: 'Gale', body: 'It *blows*.' } });
    await ask('entry-add', { parts, body: { id: 'a1', body: 'Again.' }, status: 409 });
    await ask('entry-list', { parts, query: '?limit=5' });
    const one = { id: entry.number };
    await ask('entry-change', { parts: one, body: { title: 'x' }, status: 428 });
    await ask('entry-change', { parts: one, body: { title: 'Storm' }, headers: { 'if-match': entry.etag } });
    await ask('entry-remove', { parts: one, body: {} });
    await ask('entry-restore', { parts: one, body: {} });
    await ask('entry-release', { parts: one, body: {} });
    assert.equal((await ask('entry-read', { parts: one })).title, 'Storm');
}

async function house() {
    await ask('newsletter-list');
    const draft = await ask('issue-compose', { body: { newsletter: 'weekly' } });
    await ask('issue-letter', { parts: { id: draft.number } });
    const weekly = await ask('newsletter-read', { query: '?name=weekly' });
    await ask('newsletter-set', { body: { name: 'weekly', description: 'Each Friday.' }, headers: { 'if-match': weekly.etag } });
    const { issues } = await ask('issue-list', { query: '?newsletter=weekly&limit=3' });
    await ask('issue-list', { query: '?newsletter=none', status: 404 });
    await ask('issue-read', { parts: { id: issues[0].number } });
    await ask('jobs');
    await ask('gift-totals', { status: 403 }); // a chief's token cannot have it
    const chief = token;
    token = kolokol('-C', at.newsroom, 'staff', 'token', 'ilze@harbour-bell.example', '--scope', 'newsletters,gifts,campaigns').trim().split('\n').pop();
    await ask('gift-totals');
    const { campaigns } = await ask('campaign-list');
    const { name, language } = campaigns[0];
    const letter = await ask('campaign-read', { query: `?language=${language}&name=${encodeURIComponent(name)}` });
    await ask('campaign-set', { body: { name, language, heading: 'A word from the paper:' }, headers: { 'if-match': letter.etag } });
    await ask('story-list', { status: 403 });
    token = chief;
}

async function rest() {
    await ask('token');
    await ask('section-list');
    await ask('topic-list', { query: '?limit=2' });
    await ask('author-list');
    assert.deepEqual(Object.keys(operations).filter((id) => !asked.has(id)), []);
    token = 'none';
    await ask('story-list', { status: 401 });
}

run([
    ['a newsroom with a token', begin],
    ['the document is OpenAPI 3.1, and the one that is served', isOpenApi],
    ['stories, from wire text to withdrawal', stories],
    ['pictures', pictures],
    ['what makes the paper, and what is taken out of it', paper],
    ['readers outside, translations', outside],
    ['entries, comments, tasks', work],
    ['newsletters, gifts, jobs', house],
    ['every operation was asked', rest],
]);
