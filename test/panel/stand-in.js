// Runs in the lab's page before the app: VS Code's side of a webview. `lab` is put in front of this text by lab.ts.
/* global lab */
window.sentToHost = [];
window.keptState = lab.state;
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
	window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
window.dress = ({ tokens, bodyClass }) => {
	for (const name of [...document.documentElement.style].filter((name) => name.startsWith('--vscode-'))) {
		document.documentElement.style.removeProperty(name);
	}
	for (const [name, value] of Object.entries(tokens)) {
		document.documentElement.style.setProperty(name, value);
	}
	document.body.className = bodyClass;
};
document.addEventListener(
	'readystatechange',
	() => {
		window.dress(lab);
		if (lab.direction !== undefined) {
			document.documentElement.dir = lab.direction;
		}
	},
	{ once: true },
);
window.acquireVsCodeApi = () => ({
	postMessage: (message) => window.sentToHost.push(message),
	getState: () => window.keptState,
	setState: (next) => {
		window.keptState = next;
	},
});
