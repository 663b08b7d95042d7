// Copies of a story's form in the browser's own store, one a window. A window that is open answers when another asks; a
// copy whose window does not is nobody's, and offered by the next page of its story.
const ANSWERS = 250; // ms until windows that are open have answered
const MOST = 8; // copies of one story; the oldest go
const AGE = 60 * 24 * 3600 * 1000; // ms
const KEYS = 'kolokol-story-'; // STORY-PERSON-WINDOW

const drop = ({ key }) => localStorage.removeItem(key);
const storyOf = (key) => key.slice(KEYS.length).split('-')[0];

function read(key) {
  try {
    const copy = JSON.parse(localStorage.getItem(key));
    return copy?.values && Date.now() - copy.at < AGE ? { ...copy, key } : null;
  } catch {
    return null;
  }
}

// Of every story and person, newest first, without what cannot be read and what is too old: that goes, though its story
// may never be opened again.
function everything() {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEYS));
  keys.filter((key) => !read(key)).forEach((key) => drop({ key }));
  return keys.map(read).filter(Boolean).sort((a, b) => b.at - a.at);
}

export function copies(number, person) {
  const story = `${KEYS}${number}-${person}`;
  const place = `${story}-${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  const open = new Set();
  let channel = null;

  // All of this story, without those that are too many.
  function all() {
    const found = everything().filter(({ key }) => key === story || key.startsWith(`${story}-`));
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
    // Numbers of the other stories of which there are copies, whoever's they are.
    elsewhere: () => [...new Set(everything().map(({ key }) => storyOf(key)))].filter((other) => other !== number),
    // Those of a story that was taken out of, or (no floor) is not there any more, go.
    dropOf(other, floor) {
      const behind = ({ key, values }) => storyOf(key) === other && String(values.floor ?? 0) !== String(floor);
      everything().filter(behind).forEach(drop);
    },
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
