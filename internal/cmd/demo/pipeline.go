package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
)

const (
	datasetType    = "customerio_target_dataset"
	mappingSetType = "customerio_mapping_set"
	dataflowType   = "customerio_dataflow"
)

func (s *story) create(ctx context.Context) (err error) {
	if s.pipeline, err = newWorkspace(filepath.Join(s.folder, "pipeline"), s.terraform, s.report); err != nil {
		return err
	}
	if err := s.pipeline.copyConfiguration(filepath.Join(s.root, "examples", "pipeline")); err != nil {
		return err
	}
	s.variables = map[string]string{} // the example's defaults will do
	if _, err := s.pipeline.plan(ctx); err != nil {
		return err
	}
	if err := s.pipeline.showPlan(ctx); err != nil {
		return err
	}
	if err := s.pipeline.apply(ctx); err != nil {
		return err
	}
	return s.readOutputs(ctx, "dataset_id", "dataflow_id", "mapping_version", "webhook_id", "webhook_url")
}

// readOutputs shows those with the names.
func (s *story) readOutputs(ctx context.Context, shown ...string) error {
	outputs, err := s.pipeline.outputs(ctx)
	if err != nil {
		return err
	}
	for _, name := range shown {
		s.report.detail("%s = %s", name, outputs[name])
	}
	s.datasetID, s.dataflowID, s.mappingVersion = outputs["dataset_id"], outputs["dataflow_id"], outputs["mapping_version"]
	if s.datasetID == "" || s.dataflowID == "" || s.mappingVersion == "" {
		return errors.New("the example lacks the outputs dataset_id, dataflow_id and mapping_version")
	}
	return nil
}

// reportEvents shows the rows before it judges them, so that a failure can be understood.
func (s *story) reportEvents(ctx context.Context) error {
	events := oneOfEachCategory()
	var pairs []pair
	for _, reported := range events {
		sent, err := s.services.report(ctx, reported)
		if err != nil {
			return err
		}
		pairs = append(pairs, pair{sent, rowOf(s.rows(), reported)})
	}
	rows := s.rows()
	s.report.compare(pairs[0].sent, pairs[0].stored)
	s.report.printf("\n")
	s.report.table(pairs)
	for _, reported := range events {
		if err := requireRow(rows, reported); err != nil {
			return err
		}
	}
	if len(rows) != len(events) {
		return fmt.Errorf("the dataset holds %d rows after %d events", len(rows), len(events))
	}
	return nil
}

func (s *story) rows() []map[string]any { return s.services.Rows(s.datasetID) }

// change gives a variable another value and applies that, if it updates resources of these types in place and no others.
func (s *story) change(ctx context.Context, name, value string, types ...string) error {
	if err := s.planChange(ctx, name, value, types...); err != nil {
		return err
	}
	return s.pipeline.apply(ctx)
}

func (s *story) planChange(ctx context.Context, name, value string, types ...string) error {
	s.report.detail("%s = %q", name, value)
	s.variables[name] = value
	if err := s.pipeline.setVariables(s.variables); err != nil {
		return err
	}
	plan, err := s.pipeline.plan(ctx)
	if err != nil {
		return err
	}
	s.report.detail("%s", summary(plan))
	return requireOnlyUpdates(plan, types...)
}

func (s *story) changeMapping(ctx context.Context) error {
	dataflowID, mappingVersion := s.dataflowID, s.mappingVersion
	if err := s.planChange(ctx, "email_source", "data.email_address", mappingSetType, dataflowType); err != nil {
		return err
	}
	if err := s.pipeline.showPlan(ctx); err != nil {
		return err
	}
	if err := s.pipeline.apply(ctx); err != nil {
		return err
	}
	if err := s.readOutputs(ctx, "mapping_version"); err != nil {
		return err
	}
	if s.dataflowID != dataflowID || s.mappingVersion == mappingVersion {
		return fmt.Errorf("the dataflow %s on version %s of the mapping set became %s on version %s, where the same on another version was due",
			dataflowID, mappingVersion, s.dataflowID, s.mappingVersion)
	}
	return s.expectRow(ctx, subscription("01E4C4CT6YDC7Y5M7FE1GWWPQ8", personOtherEmail))
}

// disable shows that the dataflow stands still by what the simulated inlet does then, which takes an event and stores
// nothing. What the real one does is not documented.
func (s *story) disable(ctx context.Context) error {
	if err := s.change(ctx, "dataflow_state", "disabled", dataflowType); err != nil {
		return err
	}
	before := len(s.rows())
	if _, err := s.services.report(ctx, subscription("01E4C4CT6YDC7Y5M7FE1GWWPQ9", personOtherEmail)); err != nil {
		return err
	}
	if after := len(s.rows()); after != before {
		return errors.New("the disabled dataflow stored an event")
	}
	s.report.detail("an event sent now is not stored")
	return nil
}

func (s *story) enable(ctx context.Context) error {
	if err := s.change(ctx, "dataflow_state", "enabled", dataflowType); err != nil {
		return err
	}
	return s.expectRow(ctx, subscription("01E4C4CT6YDC7Y5M7FE1GWWPQA", personOtherEmail))
}

func (s *story) expectRow(ctx context.Context, reported event) error {
	sent, err := s.services.report(ctx, reported)
	if err != nil {
		return err
	}
	s.report.compare(only(sent, "email", "email_address"), only(rowOf(s.rows(), reported), "email"))
	return requireRow(s.rows(), reported)
}

func (s *story) proveEmptyPlan(ctx context.Context) error {
	if err := s.pipeline.requireNoChanges(ctx); err != nil {
		return err
	}
	s.report.detail("%s", s.report.good("no changes"))
	return nil
}

// unprotect does what the protection of the dataset asks for.
func (s *story) unprotect(ctx context.Context) error {
	return s.change(ctx, "deletion_protection", "false", datasetType)
}

func (s *story) destroy(ctx context.Context) error {
	if err := s.pipeline.destroy(ctx); err != nil {
		return err
	}
	if err := s.services.requireNothing(); err != nil {
		return err
	}
	s.report.detail("%s", s.report.good("the services hold nothing"))
	return nil
}
