// Package store keeps what the clients of all services created. What crosses from one service to another goes
// through it: the services know the store, not each other.
package store

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Account is what all objects of the store belong to.
type Account struct {
	OrgID    string
	ClientID string
	// TenantID is the namespace of custom XDM fields, without the leading underscore.
	TenantID string
}

// User is the technical account that stands for the OAuth Server-to-Server credentials.
func (a Account) User() string { return a.ClientID[:min(len(a.ClientID), 24)] + "@techacct.adobe.com" }

// TenantField is the field that holds all custom fields of an organization.
func (a Account) TenantField() string { return "_" + a.TenantID }

// Store holds all objects in memory. Everything but Do expects to run inside of Do.
type Store struct {
	Account Account
	// Provisioning is how long asynchronous work takes.
	Provisioning time.Duration
	// Clock is that of all services. Tests replace it to let time pass.
	Clock func() time.Time
	moment

	mu        sync.Mutex
	names     []string
	memory    time.Duration
	past      []copied
	serials   map[string]int
	scheduled []scheduledChange
}

// New makes an empty store with the named sandboxes.
func New(account Account, sandboxes []string, provisioning time.Duration) *Store {
	s := &Store{Account: account, Provisioning: provisioning, Clock: time.Now, names: sandboxes}
	s.Empty()
	return s
}

// Empty drops every object, and all that is still to happen to one.
func (s *Store) Empty() {
	s.Outside = s.newSandbox("", "")
	s.sandboxes = map[string]*Sandbox{}
	for _, name := range s.names {
		s.sandboxes[name] = s.newSandbox(name, uuid.NewSHA1(uuid.NameSpaceOID, []byte(s.Account.OrgID+name)).String())
	}
	s.serials = map[string]int{}
	s.scheduled, s.past = nil, nil
}

// Do runs something as one step, after everything that became due in the meantime.
func (s *Store) Do(step func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	step()
	s.keep()
}

// Now is the time of the services' clock.
func (s *Store) Now() time.Time { return s.Clock() }

// Next counts from 1, separately for each name.
func (s *Store) Next(name string) int {
	s.serials[name]++
	return s.serials[name]
}

// Sandbox finds a sandbox by its name, which is case-sensitive.
func (s *Store) Sandbox(name string) (*Sandbox, bool) {
	sb, known := s.sandboxes[name]
	return sb, known
}

// Everywhere is all sandboxes, and Outside before them.
func (s *Store) Everywhere() []*Sandbox { return append([]*Sandbox{s.Outside}, s.Sandboxes()...) }

// Sandboxes are all of the organization.
func (s *Store) Sandboxes() (all []*Sandbox) {
	for _, name := range s.names {
		all = append(all, s.sandboxes[name])
	}
	return all
}

// Find looks for an object in all sandboxes.
func (s *Store) Find(kind, id string) (*Object, error) {
	for _, sb := range s.Everywhere() {
		if found := sb.Find(kind, id); found != nil {
			return found, nil
		}
	}
	return nil, fmt.Errorf("there is no %s with ID %q", kind, id)
}

// RandomHex is an ID of that many hexadecimal digits.
func RandomHex(digits int) string {
	random := make([]byte, digits/2)
	// Documented: Read never fails.
	_, _ = rand.Read(random)
	return hex.EncodeToString(random)
}

// scheduledChange is the end of something asynchronous. It happens in the first step after it became due.
type scheduledChange struct {
	due    time.Time
	change func()
}

// Later schedules a change for when the provisioning time is over.
func (s *Store) Later(change func()) {
	s.scheduled = append(s.scheduled, scheduledChange{due: s.Now().Add(s.Provisioning), change: change})
}

// settle makes all changes that are due, in the order in which they were scheduled.
func (s *Store) settle() {
	now, waiting := s.Now(), s.scheduled
	s.scheduled = nil
	for _, scheduled := range waiting {
		if scheduled.due.After(now) {
			s.scheduled = append(s.scheduled, scheduled)
			continue
		}
		scheduled.change()
	}
}
