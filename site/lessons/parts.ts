/** Manifests of which lessons are made, as short as they may be: who learns reads them all. */

/** A Namespace; `labels` as a line of YAML. */
export function namespace(name: string, labels?: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}${labels === undefined ? '' : `\n  labels: {${labels}}`}
`;
}

/** A Pod that listens on a port. */
export function pod(place: string, labels: string, port = 8080): string {
  const [space = '', name = ''] = place.split('/');
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ${space}
  labels: {${labels}}
spec:
  containers:
    - name: ${name}
      image: registry.example/${name}:1
      ports:
        - containerPort: ${port}
`;
}

/** A Deployment with a Service of the same name, which leads from port 80 to the port of the Pods. */
export function served(place: string, port = 8080): string {
  const [space = '', name = ''] = place.split('/');
  return `${deployment(place, port)}---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${space}
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
      targetPort: ${port}
`;
}

/** A Deployment. */
export function deployment(place: string, port = 8080): string {
  const [space = '', name = ''] = place.split('/');
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${space}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${name}
          image: registry.example/${name}:1
          ports:
            - containerPort: ${port}
`;
}

/** A NetworkPolicy with this spec, whose lines begin at the margin. */
export function policy(place: string, spec: string): string {
  const [space = '', name = ''] = place.split('/');
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${space}
spec:
${indented(spec)}`;
}

/** An Ingress of ingress-nginx for one host, with annotations and further fields of its spec, whose lines begin at the margin. */
export function ingress(
  place: string,
  host: string,
  service: string,
  { annotations = '', spec = '' }: { readonly annotations?: string; readonly spec?: string } = {},
): string {
  const [space = '', name = ''] = place.split('/');
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: ${space}
${annotations === '' ? '' : `  annotations:\n${indented(annotations, 4)}`}spec:
  ingressClassName: nginx
${spec === '' ? '' : indented(spec)}  rules:
    - host: ${host}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${service}
                port:
                  number: 80
`;
}

function indented(text: string, by = 2): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}\n`)
    .join('');
}

/** Something to write, and what to write it about. */
export function task(text: string): string {
  return text
    .split('\n')
    .map((line) => `# ${line}\n`)
    .join('');
}

/** The controller of ingress-nginx, as far as policies and routes need to know it. */
export const CONTROLLER = `${namespace('ingress-nginx')}---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ingress-nginx-controller
  namespace: ingress-nginx
spec:
  selector:
    matchLabels: &labels
      app.kubernetes.io/name: ingress-nginx
      app.kubernetes.io/component: controller
  template:
    metadata:
      labels: *labels
    spec:
      containers:
        - name: controller
          image: registry.k8s.io/ingress-nginx/controller:v1.15.1
          args: [/nginx-ingress-controller, --ingress-class=nginx]
          ports:
            - containerPort: 80
            - containerPort: 443
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
spec:
  controller: k8s.io/ingress-nginx
`;
