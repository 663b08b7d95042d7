// Says with a form how many seconds its page has been open: who is faster than a person is asked once more (docs/forms.md).
addEventListener("submit",e=>{const f=e.target;if(f.homepage){const i=f.age||f.appendChild(document.createElement("input"));i.type="hidden";i.name="age";i.value=performance.now()/1e3|0}})
