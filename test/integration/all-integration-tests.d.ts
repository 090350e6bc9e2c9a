// Made by `build.ts`: imports every test file of this folder.
declare module 'all-integration-tests' {}
