package conformance

import (
	"context"
	"fmt"
)

// Files that all of Flow Service's objects rely on.
const (
	changeFile   = "internal/api/flowservice/change.go"
	patchFile    = "internal/simulator/flow/patch.go"
	flowFile     = "internal/simulator/flow/flow.go"
	statesFile   = "internal/simulator/flow/states.go"
	missingFile  = "internal/api/transport/missing.go"
	settlingFile = "internal/api/objects/limits.go"
	flowsAPIFile = "internal/api/flowservice/flowstate.go"
)

// connectionProbes are about source and target connections.
var connectionProbes = []Probe{
	{
		ID: "source-create", Question: "What does the create of a source connection answer?",
		Stated: "201 with id and etag", Basis: Documented, Sources: []string{"flow-api", "flow-cio"},
		Simulator: "201, etag and id", Files: []string{"internal/api/flowservice/collection.go", flowFile},
		account: adobe, observe: creating(sourceConnection, (*answer).withMembers),
	},
	{
		ID: "source-first-read", Question: "Is a source connection found right after its create?",
		Basis: Inferred, Simulator: atOnce, Also: []string{inSeconds}, Files: []string{settlingFile},
		account: adobe, observe: on(sourceConnection, firstRead),
	},
	{
		ID: "source-listed", Question: "How late does the list show a new source connection?",
		Basis: Inferred, Simulator: atOnce, Also: []string{inSeconds, inAMinute}, Files: []string{settlingFile},
		account: adobe, observe: on(sourceConnection, firstListed),
	},
	{
		ID: "source-list-lacks", Question: "What does the list of source connections leave out that a read has?",
		Stated: "nothing: both are lists of the same items", Basis: Documented, Sources: []string{"flow-api"},
		Simulator: "nothing", Files: []string{"internal/api/flowservice/list.go", "internal/simulator/flow/lists.go"},
		account: adobe, observe: on(sourceConnection, listed),
	},
	{
		ID: "source-same-name", Question: "May two source connections have the same name?",
		Stated: "nothing forbids it", Basis: Inferred, Sources: []string{"flow-api"},
		Simulator: "201, created", Also: []string{"201, etag and id, created"},
		Files:   []string{"internal/api/objects/creation.go", flowFile},
		account: adobe, observe: on(sourceConnection, func(ctx context.Context, s *session, _ *thing) (string, error) {
			return refusing(sourceConnectionKind, "source connection", func(context.Context, *session) (object, error) {
				return s.source("source connection"), nil
			})(ctx, s)
		}),
	},
	{
		ID: "source-etag", Question: "Which form has an etag, and is it the version?",
		Stated: "in double quotes, the same as version", Basis: Documented, Sources: []string{"flow-api", "flow-cio"},
		Simulator: "in double quotes, the same", Also: []string{"bare, the same", "in double quotes, another"},
		Files:   []string{"internal/api/flowservice/collection.go", statesFile},
		account: adobe, observe: on(sourceConnection, observeETag),
	},
	{
		ID: "source-no-if-match", Question: "What is the answer to a change without If-Match?",
		Stated: "400 with FLOW-1403-400", Basis: Documented, Sources: []string{"flow-errors"},
		Simulator: "400, FLOW-1403-400", Files: []string{"internal/api/flowservice/collection.go", patchFile},
		account: adobe, observe: on(sourceConnection, func(ctx context.Context, s *session, made *thing) (string, error) {
			return s.rename(ctx, made, "", "never")
		}),
	},
	{
		ID: "source-stale-if-match", Question: "What is the answer to a change with an old etag?",
		Stated: "412 with FLOW-1404-412", Basis: Documented, Sources: []string{"flow-errors", "flow-destinations"},
		Simulator: "412, FLOW-1404-412", Also: []string{"412, no code"},
		Files:   []string{"internal/api/flowservice/collection.go", patchFile},
		account: adobe, observe: on(sourceConnection, func(ctx context.Context, s *session, made *thing) (string, error) {
			return s.rename(ctx, made, `"00000000-0000-0200-0000-000000000000"`, "never")
		}),
	},
	{
		ID: "source-rename", Question: "Can a source connection be renamed in place?",
		Stated: "PATCH is described; 1445-400 refuses it for some sources", Basis: Inferred, Sources: []string{"flow-api", "flow-errors"},
		Simulator: "200, has the new name",
		Files:     []string{changeFile, "internal/resource/sourceconnection/schema.go", patchFile},
		account:   adobe, observe: on(sourceConnection, observeRename),
	},
	{
		ID: "source-unknown", Question: "What is the answer for a source connection that does not exist?",
		Stated: "404 with FLOW-1439-404, or in an older form without a code", Basis: Documented, Sources: []string{"flow-labels", "flow-destinations"},
		Simulator: "404, FLOW-1439-404", Also: []string{"404, no code", "404, FLOW-1101-404"}, Files: []string{missingFile, flowFile},
		account: adobe, observe: reading(get(sourceConnectionKind.collection+"/"+someUUID), (*answer).outcome),
	},
	{
		ID: "target-create", Question: "What does the create of a target connection answer?",
		Stated: "201 with id and etag", Basis: Documented, Sources: []string{"flow-api", "flow-cio"},
		Simulator: "201, etag and id", Files: []string{"internal/api/flowservice/targetconnection.go", flowFile},
		account: adobe, observe: creating(targetConnection, (*answer).withMembers),
	},
	{
		ID: "target-schema", Question: "Under which name does a read have the ID of the target's schema?",
		Stated: "id; a client of the real service also met schemaId", Basis: SeenInCode, Sources: []string{"flow-api"},
		Simulator: "id", Also: []string{"schemaId"},
		Files:   []string{"internal/api/flowservice/targetconnection.go", "internal/simulator/flow/connections.go"},
		account: adobe, observe: on(targetConnection, observeTargetSchema),
	},
	{
		ID: "target-list-lacks", Question: "What does the list of target connections leave out that a read has?",
		Stated: "nothing: both are lists of the same items", Basis: Documented, Sources: []string{"flow-api"},
		Simulator: "nothing", Files: []string{"internal/api/flowservice/list.go", "internal/simulator/flow/lists.go"},
		account: adobe, observe: on(targetConnection, listed),
	},
	{
		ID: "target-rename", Question: "Can a target connection be renamed in place?",
		Stated: "PATCH is described; 1445-400 refuses it for some sources", Basis: Inferred, Sources: []string{"flow-api", "flow-errors"},
		Simulator: "200, has the new name",
		Files:     []string{changeFile, "internal/resource/targetconnection/schema.go", patchFile},
		account:   adobe, observe: on(targetConnection, observeRename),
	},
}

func observeETag(ctx context.Context, s *session, made *thing) (string, error) {
	current, err := s.latest(ctx, made)
	if err != nil {
		return "", err
	}
	etag, version := text(current, "etag"), text(current, "version")
	form, same := "bare", "another"
	switch {
	case etag == "":
		return "none", nil
	case etag[0] == '"':
		form = "in double quotes"
	}
	if etag == version {
		same = "the same"
	}
	return form + ", " + same, nil
}

// rename sends a change of the name with an etag, and tells the answer.
func (s *session) rename(ctx context.Context, made *thing, etag, name string) (string, error) {
	received, err := s.patch(ctx, made, etag, object{"op": "replace", "path": "/name", "value": s.title(name)})
	if err != nil {
		return "", err
	}
	return received.outcome(), nil
}

// observeRename changes the name and takes the object at its new one: the end looks for it by ID.
func observeRename(ctx context.Context, s *session, made *thing) (string, error) {
	before, err := s.current(ctx, made)
	if err != nil {
		return "", err
	}
	outcome, err := s.rename(ctx, made, text(before, "etag"), made.name+" renamed")
	if err != nil {
		return "", err
	}
	after, err := s.current(ctx, made)
	if err != nil {
		return "", err
	}
	if text(after, "name") == s.title(made.name+" renamed") {
		return fmt.Sprintf("%s, has the new name", outcome), nil
	}
	return outcome, nil
}

func observeTargetSchema(ctx context.Context, s *session, made *thing) (string, error) {
	current, err := s.latest(ctx, made)
	if err != nil {
		return "", err
	}
	for _, name := range []string{"id", "schemaId"} {
		if text(current, "data", "schema", name) != "" {
			return name, nil
		}
	}
	return "none", nil
}
