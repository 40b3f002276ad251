package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-logr/logr"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/managedfields"
	clientfake "k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"

	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo"
	argodiff "github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	"github.com/argoproj/argo-cd/v3/util/settings"
	"github.com/argoproj/gitops-engine/pkg/diff"
	"github.com/argoproj/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/gitops-engine/pkg/utils/tracing"
)

// Compared is an Application with its objects: they are applied as Argo CD applies them, and then compared with what is on the
// cluster.
type Compared struct {
	Kubeconfig   string
	Applications []struct {
		Application v1alpha1.Application
		Objects     []map[string]any
		// What is desired when it is compared, where that is not what was applied.
		Desired []map[string]any
	}
}

// Verdict is what Argo CD says of one object in each way in which it compares.
type Verdict struct {
	// What kept Argo CD from applying or comparing.
	Mistake string `json:"mistake,omitempty"`
	// The ways in which it would be shown OutOfSync, each with what is there and what is expected.
	OutOfSync map[string][2]json.RawMessage `json:"outOfSync,omitempty"`
}

// The ways to compare that Argo CD has: by what was applied last, by who manages which field, and by asking the server.
var ways = []string{"three-way", "structured-merge", "server-side"}

func compare(question Compared) ([][]Verdict, error) {
	cluster, cleanup, err := connect(question.Kubeconfig)
	if err != nil {
		return nil, err
	}
	defer cleanup()
	verdicts := [][]Verdict{}
	for _, one := range question.Applications {
		given := one.Application
		targets, err := cluster.targets(&given, one.Objects)
		if err != nil {
			return nil, err
		}
		desired := targets
		if one.Desired != nil {
			if desired, err = cluster.targets(&given, one.Desired); err != nil {
				return nil, err
			}
		}
		ours := []Verdict{}
		for index, target := range targets {
			verdict := Verdict{}
			live, err := cluster.apply(&given, target)
			if err == nil {
				verdict.OutOfSync, err = cluster.outOfSync(&given, live, desired[index])
			}
			if err != nil {
				verdict.Mistake = err.Error()
			}
			ours = append(ours, verdict)
		}
		verdicts = append(verdicts, ours)
	}
	return verdicts, nil
}

// A cluster, as the controller of Argo CD holds it, with the settings that Argo CD has where nobody set any.
type cluster struct {
	config    *rest.Config
	kubectl   *kube.KubectlCmd
	parser    *managedfields.GvkParser
	resources kube.ResourceOperations
	dryRunner diff.ServerSideDryRunner
	settings  *settings.SettingsManager
}

func connect(kubeconfig string) (*cluster, func(), error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, nil, err
	}
	config.QPS, config.Burst = 1000, 1000
	kubectl := &kube.KubectlCmd{Log: logr.Discard(), Tracer: tracing.NopTracer{}}
	schema, parser, err := kubectl.LoadOpenAPISchema(config)
	if err != nil {
		return nil, nil, err
	}
	resources, cleanup, err := kubectl.ManageResources(config, schema)
	if err != nil {
		return nil, nil, err
	}
	applier, cleanupDry, err := kube.ManageServerSideDiffDryRuns(config, schema, tracing.NopTracer{}, logr.Discard(), nil)
	if err != nil {
		return nil, nil, err
	}
	return &cluster{
			config: config, kubectl: kubectl, parser: parser, resources: resources,
			dryRunner: diff.NewK8sServerSideDryRunner(applier), settings: defaults(),
		}, func() {
			cleanup()
			cleanupDry()
		}, nil
}

// The settings that Argo CD has where its ConfigMap is empty.
func defaults() *settings.SettingsManager {
	labels := map[string]string{"app.kubernetes.io/part-of": "argocd"}
	meta := func(name string) metav1.ObjectMeta {
		return metav1.ObjectMeta{Name: name, Namespace: "argocd", Labels: labels}
	}
	objects := []runtime.Object{
		&corev1.ConfigMap{ObjectMeta: meta(common.ArgoCDConfigMapName)},
		&corev1.Secret{ObjectMeta: meta(common.ArgoCDSecretName), Data: map[string][]byte{"server.secretkey": []byte("x")}},
	}
	return settings.NewSettingsManager(context.Background(), clientfake.NewClientset(objects...), "argocd")
}

// The objects with the mark by which Argo CD knows them for its own.
func (c *cluster) targets(app *v1alpha1.Application, objects []map[string]any) ([]*unstructured.Unstructured, error) {
	key, err := c.settings.GetAppInstanceLabelKey()
	if err != nil {
		return nil, err
	}
	method, err := c.settings.GetTrackingMethod()
	if err != nil {
		return nil, err
	}
	targets := []*unstructured.Unstructured{}
	for _, object := range objects {
		target := (&unstructured.Unstructured{Object: object}).DeepCopy()
		err := argo.NewResourceTracking().SetAppInstance(
			target, key, app.InstanceName("argocd"), app.Spec.Destination.Namespace, v1alpha1.TrackingMethod(method), "")
		if err != nil {
			return nil, err
		}
		targets = append(targets, target)
	}
	return targets, nil
}

func isServerSide(app *v1alpha1.Application) bool {
	return app.Spec.SyncPolicy != nil && app.Spec.SyncPolicy.SyncOptions.HasOption("ServerSideApply=true")
}

// Applies an object as a sync does, and gives what is on the cluster then.
func (c *cluster) apply(app *v1alpha1.Application, target *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err := c.resources.ApplyResource(
		ctx, target, cmdutil.DryRunNone, false, true, isServerSide(app), common.ArgoCDSSAManager)
	if err != nil {
		return nil, fmt.Errorf("applied: %w", err)
	}
	return c.kubectl.GetResource(ctx, c.config, target.GroupVersionKind(), target.GetName(), target.GetNamespace())
}

// The ways in which the two would be shown OutOfSync. Structured merge is asked about what is applied server-side: there the
// fields have the controller for their manager.
func (c *cluster) outOfSync(
	app *v1alpha1.Application, live, target *unstructured.Unstructured,
) (map[string][2]json.RawMessage, error) {
	found := map[string][2]json.RawMessage{}
	for _, way := range ways {
		if way == "structured-merge" && !isServerSide(app) {
			continue
		}
		config, err := c.diffConfig(app, way)
		if err != nil {
			return nil, err
		}
		result, err := argodiff.StateDiff(live, target, config)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", way, err)
		}
		if result.Modified {
			found[way] = [2]json.RawMessage{result.NormalizedLive, result.PredictedLive}
		}
	}
	return found, nil
}

func (c *cluster) diffConfig(app *v1alpha1.Application, way string) (argodiff.DiffConfig, error) {
	key, err := c.settings.GetAppInstanceLabelKey()
	if err != nil {
		return nil, err
	}
	method, err := c.settings.GetTrackingMethod()
	if err != nil {
		return nil, err
	}
	overrides, err := c.settings.GetResourceOverrides()
	if err != nil {
		return nil, err
	}
	options, err := c.settings.GetResourceCompareOptions()
	if err != nil {
		return nil, err
	}
	return argodiff.NewDiffConfigBuilder().
		WithDiffSettings(app.Spec.IgnoreDifferences, overrides, options.IgnoreAggregatedRoles, normalizers.IgnoreNormalizerOpts{}).
		WithTracking(key, method).
		WithNoCache().
		WithGVKParser(c.parser).
		WithManager(common.ArgoCDSSAManager).
		WithStructuredMergeDiff(way == "structured-merge").
		WithServerSideDiff(way == "server-side").
		WithServerSideDryRunner(c.dryRunner).
		Build()
}
