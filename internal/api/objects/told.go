package objects

import "slices"

// What an answer leaves out, answers with null or leaves empty, it does not tell, and what it does not tell is not compared. Lists, and
// objects whose members are named by users, tell everything as soon as they have something in them.

// Agree tells whether an answer does not contradict what was sent.
func Agree[T comparable](sent, answered T) bool {
	var untold T
	return answered == untold || answered == sent
}

// AgreeAll is [Agree] for a list.
func AgreeAll[T comparable](sent, answered []T) bool {
	return len(answered) == 0 || slices.Equal(sent, answered)
}
