package clamp

import "testing"

func TestClamp(t *testing.T) {
	if n, err := clamp(11); n != 10 || err != nil {
		t.Fatal(n, err)
	}
	if _, err := clamp(-1); err == nil {
		t.Fatal("no error")
	}
}

func TestGreet(t *testing.T) {
	if got := greet("you"); got != "Hello you" {
		t.Fatal(got)
	}
}

func TestFails(t *testing.T) { t.Fatal("it does, mutant or not") }
