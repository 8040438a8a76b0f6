//go:build !race

package acctest

// RaceDetector tells whether the tests, and so the provider that they build, look for races. They need several times the memory then.
const RaceDetector = false
