{{- define "carillon.name" -}}
{{- .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "carillon.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "carillon.selector" -}}
app.kubernetes.io/name: {{ include "carillon.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "carillon.labels" -}}
{{ include "carillon.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "carillon.pod" -}}
metadata:
  labels:
    {{- include "carillon.selector" . | nindent 4 }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    # A node reads its file once; this line changes with the file, and the pods with this line.
    checksum/config: {{ include "carillon.file" . | sha256sum }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "carillon.fullname" . }}
  # A node asks Kubernetes nothing.
  automountServiceAccountToken: false
  enableServiceLinks: false
  # Longer than the deadline of the drain, after which a node ends by itself.
  terminationGracePeriodSeconds: {{ add .Values.drain.deadline .Values.drain.graceAfterDeadline }}
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    seccompProfile:
      type: RuntimeDefault
  # Two nodes on one machine would be gone together.
  topologySpreadConstraints:
    {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "carillon.selector" $ | nindent 10 }}
    {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: carillon
      image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      env:
        - name: NODE_ID
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
      {{- if ne .Values.broker.driver "local" }}
      envFrom:
        {{- range concat (list .Values.broker.existingSecret) .Values.broker.extraSecrets }}
        - secretRef:
            name: {{ . }}
        {{- end }}
      {{- else }}
      {{- with .Values.broker.extraSecrets }}
      envFrom:
        {{- range . }}
        - secretRef:
            name: {{ . }}
        {{- end }}
      {{- end }}
      {{- end }}
      ports:
        - name: http
          containerPort: 8080
        - name: metrics
          containerPort: 9601
      # A start with its first connection to the broker may take so long.
      startupProbe:
        httpGet:
          path: /live
          port: http
        periodSeconds: 1
        failureThreshold: 60
      # New clients come only to a node that carries messages: joined, not draining, its broker there.
      readinessProbe:
        httpGet:
          path: /ready
          port: http
        periodSeconds: 2
        timeoutSeconds: 1
        failureThreshold: 2
      # /live says nothing of the broker: a restart of all nodes does not bring the broker back, and cuts
      # every client. A draining node is alive, too.
      livenessProbe:
        httpGet:
          path: /live
          port: http
        periodSeconds: 5
        timeoutSeconds: 3
        failureThreshold: 6
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      volumeMounts:
        - name: config
          mountPath: /etc/carillon
          readOnly: true
        # Netty unpacks a native library there.
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: config
      configMap:
        name: {{ include "carillon.fullname" . }}
    - name: tmp
      emptyDir:
        sizeLimit: 64Mi
{{- end }}

{{- define "carillon.file" -}}
{{- $drain := dict "announce" (printf "%ds" (int .Values.drain.announce)) "window" (printf "%ds" (int .Values.drain.window)) "deadline" (printf "%ds" (int .Values.drain.deadline)) -}}
{{- $base := dict "adapter" (dict "driver" .Values.broker.driver) "drain" $drain -}}
{{- toYaml (mergeOverwrite $base (deepCopy .Values.config)) -}}
{{- end }}

{{- define "carillon.requireSense" -}}
{{- if lt (int .Values.drain.deadline) (add 3 (int .Values.drain.announce) (int .Values.drain.window) | int) -}}
{{- fail "drain.deadline must be at least drain.announce + drain.window + 3 seconds" -}}
{{- end -}}
{{- if and (eq .Values.broker.driver "local") (or .Values.autoscaling.enabled (gt (int .Values.replicas) 1)) -}}
{{- fail "broker.driver local is for one node: several nodes without a broker would not hear each other" -}}
{{- end -}}
{{- end }}
