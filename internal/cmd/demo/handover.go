package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// canGoOn tells whether there is enough to go on with by hand.
func (s *story) canGoOn() bool { return s.pipeline != nil }

// handOver prints how to go on by hand and waits for the interrupt. The credentials among the commands are made up
// for the simulator, and open nothing else.
func (s *story) handOver(ctx context.Context, failure error) {
	if failure != nil {
		s.report.printf("\n%s %v\n", s.report.bad("The demo failed:"), failure)
	}
	s.report.printf("\n")
	s.report.paragraph("The services run until Ctrl-C, with the pipeline in them. To go on, in another terminal, in a shell such as bash:")
	for _, chapter := range s.chapters() {
		s.report.printf("\n%s%s\n", indent, s.report.accent("# "+chapter.title))
		for _, command := range chapter.commands {
			s.report.printf("%s%s\n", indent, command)
		}
	}
	s.report.printf("\n")
	s.report.paragraph("Ctrl-C here stops the services and removes the configuration with its state, in " + s.folder + ".")
	<-ctx.Done()
}

// chapter is a group of commands for a shell.
type chapter struct {
	title    string
	commands []string
}

func (s *story) chapters() []chapter {
	var exports []string
	for _, variable := range s.environment() {
		exports = append(exports, "export "+variable.name+"="+quoted(variable.value))
	}
	control, terraform := s.services.url+"/_simulator/", quoted(s.program())
	return []chapter{
		{"where the services and the provider are; the credentials are made up", exports},
		{"the configuration; there is nothing to change", []string{"cd " + quoted(s.pipeline.folder), terraform + " plan"}},
		{"send an event, and look at the rows", []string{
			"curl -s -X POST -d '{\"event\":\"email_delivered\"}' " + control + "events",
			`curl -s "` + control + `rows/$(` + terraform + ` output -raw dataset_id)"`,
		}},
		{"map another field, in place", []string{
			"echo 'email_source = \"data.identifiers.email\"' > my.auto.tfvars",
			terraform + " apply",
		}},
		{"destroy it, and see that nothing is left", []string{
			terraform + " apply -var deletion_protection=false",
			terraform + " destroy -var deletion_protection=false",
			"curl -s " + control + "objects",
		}},
	}
}

// quoted is text as one word of a shell.
func quoted(text string) string {
	if text != "" && strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@") == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// farewell says what became of a pipeline that was kept, and what remains.
func (r *report) farewell(folder string, objects int, terraform string) {
	r.printf("\n")
	held := "They held nothing any more"
	if objects > 0 {
		held = fmt.Sprintf("The %d objects in them are gone", objects)
	}
	r.paragraph(fmt.Sprintf("The services are stopped. %s, and %s is removed.", held, folder))
	if cache, err := os.UserCacheDir(); err == nil && strings.HasPrefix(terraform, filepath.Join(cache, "terraform-provider-customerio")) {
		r.paragraph("Go's build cache and the Terraform that was downloaded remain, for the next time: " + terraform)
		return
	}
	r.paragraph("Nothing remains but Go's build cache.")
}
