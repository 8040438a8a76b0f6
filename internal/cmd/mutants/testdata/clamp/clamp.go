// Package clamp is there to be mutated.
package clamp

import "errors"

var highest = 10

func clamp(n int) (int, error) {
	if n > highest {
		n = highest
	}
	if n < 0 {
		return 0, errors.New("it is negative")
	}
	return n, nil
}

const greeting = "Hello "

var greeted int

func greet(name string) string {
	greeted++
	return greeting + name
}
