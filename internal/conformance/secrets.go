package conformance

import (
	"regexp"
	"strings"
	"sync"
)

// hidden takes the place of a secret.
const hidden = "(hidden)"

// secrets knows what must not be in a report: credentials, and what tells whose account it was.
type secrets struct {
	mutex sync.Mutex
	known []string
}

// learn adds secrets. Short texts are none: they would hide parts of ordinary words.
func (s *secrets) learn(values ...string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, value := range values {
		if len(value) > 3 {
			s.known = append(s.known, value)
		}
	}
}

// shapes are what secrets look like, for those that an answer quotes and that nobody learned.
var shapes = []*regexp.Regexp{
	regexp.MustCompile(`https?://[^\s"',;)]+`),
	regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)*`), // e-mail addresses, and organizations such as 0A1B…@AdobeOrg
	regexp.MustCompile(`eyJ[\w.-]+`),
	regexp.MustCompile(`[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}`),
	regexp.MustCompile(`[0-9A-Fa-f]{24,}`),
}

// hide is a text without secrets, in one line.
func (s *secrets) hide(text string) string {
	text = s.hideKnown(text)
	for _, shape := range shapes {
		text = shape.ReplaceAllString(text, hidden)
	}
	return strings.Join(strings.Fields(text), " ")
}

// hideKnown is a text without the secrets of the run.
func (s *secrets) hideKnown(text string) string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, secret := range s.known {
		text = strings.ReplaceAll(text, secret, hidden)
	}
	return text
}
