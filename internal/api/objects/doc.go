// Package objects has what the objects of all services have in common: they are created, found, read, listed, changed and removed.
// A service declares each kind of object as a [Collection].
//
// The services have neither unique names nor idempotency keys, so a create whose answer is lost may have succeeded. The object
// is then looked for by everything that was sent and by the time it was sent. If exactly one object matches, it is adopted. Only
// if none matches is the create sent again. If the object cannot be looked for now, it can be later: see [UnknownError].
package objects
