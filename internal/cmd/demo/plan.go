package main

import (
	"fmt"
	"regexp"
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

// longestBlock is how many lines of a resource are shown.
const longestBlock = 9

var (
	colors     = regexp.MustCompile("\x1b\\[[0-9;]*m")
	blockBegin = regexp.MustCompile(`^  # \S`)
)

// excerpt shortens the resources of a plan that are long, and says of each how many lines are left out.
func excerpt(lines []string) []string {
	var shown, block []string
	for _, line := range lines {
		plain := colors.ReplaceAllString(line, "")
		switch {
		case block != nil || blockBegin.MatchString(plain):
			block = append(block, line)
		default:
			shown = append(shown, line)
		}
		if block != nil && plain == "    }" {
			shown, block = append(shown, shortened(block)...), nil
		}
	}
	return append(shown, block...)
}

// shortened keeps the beginning of a block and its last line, the brace.
func shortened(block []string) []string {
	if len(block) <= longestBlock {
		return block
	}
	const kept = longestBlock - 2
	return append(slices.Clone(block[:kept]), fmt.Sprintf("      … %d more lines", len(block)-kept-1), block[len(block)-1])
}
