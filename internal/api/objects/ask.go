package objects

import "context"

// Ask asks a service once for this process: whoever has the same question later takes the answer. What failed is asked again.
func Ask[T any](ctx context.Context, register *Register, question string, ask func(context.Context) (T, error)) (answer T, err error) {
	giveBack, err := register.takeTurn(ctx, "ask "+question)
	if err != nil {
		return answer, err
	}
	defer giveBack()
	if answer, known := Noted[T](register, question); known {
		return answer, nil
	}
	if answer, err = ask(ctx); err == nil {
		Note(register, question, answer)
	}
	return answer, err
}

// Note keeps what this process knows under a name, for [Noted] and [Ask].
func Note[T any](register *Register, name string, known T) {
	register.share(reference{"noted", name}, known)
}

// Noted is what was noted under a name.
func Noted[T any](register *Register, name string) (T, bool) {
	known, is := register.sharedRead(reference{"noted", name}).(T)
	return known, is
}
