// Runs in every frame of the window before anything else. Tells the bench what happened and when, in milliseconds since 1970, so that times of
// several processes can be compared.
(() => {
	const tell = (what, time = performance.timeOrigin + performance.now()) => window.tellBench(what, time);
	/** A message is handled after the frame that was just prepared is painted. */
	const afterPaint = (then) => {
		requestAnimationFrame(() => {
			const channel = new MessageChannel();
			channel.port1.onmessage = then;
			channel.port2.postMessage(undefined);
		});
	};

	if (window.top === window) {
		window.addEventListener(
			'keydown',
			(event) => {
				if (event.key === 'Enter') {
					tell('enter');
				}
			},
			true,
		);
		// The focus goes into the frame of a panel: that window loses it.
		window.addEventListener('blur', () => {
			if (document.activeElement instanceof HTMLIFrameElement) {
				afterPaint(() => tell('focused'));
			}
		});
		new MutationObserver((changes) => {
			for (const { addedNodes } of changes) {
				for (const node of addedNodes) {
					if (node instanceof HTMLIFrameElement && node.classList.contains('webview')) {
						tell('created');
					}
				}
			}
		}).observe(document, { childList: true, subtree: true });
		return;
	}

	if (!location.pathname.endsWith('/webview/browser/pre/index.html') && !/[?&]id=/.test(location.search)) {
		return;
	}
	/**
	 * What is looked for, once each: a name, and the element that must be there. VS Code fills a hidden frame inside of this one and then shows
	 * it; it writes over whatever was begun in there, so it is looked into from here.
	 */
	const marks = new Map([
		['app', 'partnero-panel'],
		['customer', 'partnero-panel h1'],
		['rows', '.row.transaction'],
		['empty', '#bench-empty'],
	]);
	const look = () => {
		for (const frame of document.querySelectorAll('iframe')) {
			const isShown = frame.id === 'active-frame' && frame.style.visibility !== 'hidden';
			for (const [name, selector] of marks) {
				if (frame.contentDocument?.querySelector(selector) && (name === 'app' || isShown)) {
					marks.delete(name);
					afterPaint(() => tell(name));
				}
			}
		}
		if (marks.has('empty') && marks.has('rows')) {
			requestAnimationFrame(look);
		}
	};
	requestAnimationFrame(look);
})();
