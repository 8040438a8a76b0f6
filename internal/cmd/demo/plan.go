package main

import (
	"fmt"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// summary counts the changes of a plan as Terraform itself does.
func summary(plan *tfjson.Plan) string {
	var imports, creates, updates, deletes int
	for _, resource := range plan.ResourceChanges {
		actions := resource.Change.Actions
		if resource.Change.Importing != nil {
			imports++
		}
		if actions.Create() || actions.Replace() {
			creates++
		}
		if actions.Update() {
			updates++
		}
		if actions.Delete() || actions.Replace() {
			deletes++
		}
	}
	text := fmt.Sprintf("%d to add, %d to change, %d to destroy", creates, updates, deletes)
	if imports > 0 {
		text = fmt.Sprintf("%d to import, %s", imports, text)
	}
	return "plan: " + text
}

// requireOnlyUpdates fails unless the plan changes exactly the resources of these types, each in place. Reading
// data anew changes nothing.
func requireOnlyUpdates(plan *tfjson.Plan, types ...string) error {
	var updated []string
	for _, resource := range plan.ResourceChanges {
		actions := resource.Change.Actions
		switch {
		case actions.NoOp() || actions.Read():
		case actions.Update() && slices.Contains(types, resource.Type):
			updated = append(updated, resource.Type)
		default:
			return fmt.Errorf("the plan is to %s %s, where only updates in place of %s were due",
				actionNames(actions), resource.Address, strings.Join(types, " and "))
		}
	}
	for _, wanted := range types {
		if !slices.Contains(updated, wanted) {
			return fmt.Errorf("the plan does not update any %s", wanted)
		}
	}
	return nil
}

// requireOnlyImport fails unless the plan takes over the one resource as it is.
func requireOnlyImport(plan *tfjson.Plan) error {
	for _, resource := range plan.ResourceChanges {
		if resource.Change.Importing == nil || !resource.Change.Actions.NoOp() {
			return fmt.Errorf("the plan is to %s %s, where only an import was due", actionNames(resource.Change.Actions), resource.Address)
		}
	}
	if len(plan.ResourceChanges) != 1 {
		return fmt.Errorf("the plan imports %d resources, where one was due", len(plan.ResourceChanges))
	}
	return nil
}

func actionNames(actions tfjson.Actions) string {
	names := make([]string, 0, len(actions))
	for _, action := range actions {
		names = append(names, string(action))
	}
	return strings.Join(names, " and ")
}
