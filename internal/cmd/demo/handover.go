package main

import (
	"context"
	"strings"
)

// canGoOn tells whether there is enough to go on with by hand.
func (s *story) canGoOn() bool { return s.pipeline != nil }

// handOver prints how to go on by hand and waits for the interrupt. The credentials among the commands are made up
// for the simulator, and open nothing else.
func (s *story) handOver(ctx context.Context, failure error) error {
	if failure != nil {
		s.report.printf("\nThe demo failed: %v\n", failure)
	} else if err := s.pipeline.setVariables(map[string]string{}); err != nil {
		return err
	}
	s.report.printf("\nThe simulated services go on until Ctrl-C. To go on by hand, in another terminal:\n\n")
	for _, command := range s.commands() {
		s.report.printf("  %s\n", command)
	}
	s.report.printf("\nCtrl-C here stops the services and removes %s.\n", s.folder)
	<-ctx.Done()
	return nil
}

func (s *story) commands() []string {
	var commands []string
	for _, variable := range s.environment() {
		commands = append(commands, "export "+variable.name+"="+quoted(variable.value))
	}
	control, terraform := s.services.url+"/_simulator/", quoted(s.terraform)
	return append(commands,
		"cd "+quoted(s.pipeline.folder),
		terraform+" apply",
		terraform+" plan",
		"curl -X POST -d '{\"event\":\"email_delivered\"}' "+control+"events",
		`curl "`+control+`rows/$(`+terraform+` output -raw dataset_id)"`,
		"curl "+control+"objects",
		terraform+" apply -var deletion_protection=false",
		terraform+" destroy -var deletion_protection=false",
	)
}

// quoted is text as one word of a shell.
func quoted(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
