#!/bin/bash
# Lays a small gateway on a host for tests, as new: a web server that systemd runs and that answers as its configuration says.
# What was there before, checkpoints included, is removed. The secret in the configuration is the host's own.
set -euo pipefail
systemctl stop hx-practice.service hx-wrapper.service 2> /dev/null || true
rm -rf /srv/gateway /etc/hxops /etc/systemd/system/hx-practice.service.d /etc/systemd/system/hx-wrapper.service* /etc/hx-wrapper.env
mkdir -p /srv/gateway/{config,scripts} /etc/hxops

cat > /srv/gateway/config/config.yaml << END
model_list:
  - model_name: small
    litellm_params:
      model: ollama/small
      api_key: sk-practice-secret-of-$(hostname)
END

cat > /srv/gateway/scripts/serve.py << 'END'
import http.server

STATUS = 503 if "broken" in open("/srv/gateway/config/config.yaml").read() else 200


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(STATUS)
        self.end_headers()
        self.wfile.write(b'{"object": "list", "data": [{"id": "small"}]}')

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", 4000), Handler).serve_forever()
END

cat > /etc/systemd/system/hx-practice.service << 'END'
[Service]
ExecStart=/usr/bin/python3 /srv/gateway/scripts/serve.py
Environment=PYTHONDONTWRITEBYTECODE=1
END

cat > /etc/hxops/deployment.yaml << 'END'
hxops: 1
name: practice
description: A small gateway on a host of a fleet
root: /srv/gateway

backups:
  folder: backups
  checkpointPrefix: gw-checkpoint-
  safetyPrefix: pre-restore-
  keep: 5

components:
  - name: config
    archive: config
    sources:
      - path: config/config.yaml
        presence: required
  - name: scripts
    archive: scripts/service/api-gateway
    sources:
      - path: scripts
        presence: required
  - name: systemd
    archive: systemd
    sources:
      - path: /etc/systemd/system/hx-practice.service
      - path: /etc/systemd/system/hx-wrapper.service
      - path: /etc/systemd/system/hx-wrapper.service.d

configuration:
  liteLlm: config/config.yaml

units:
  - name: hx-practice.service
    start: always

secrets: []

endpoints:
  - name: upstream
    url: http://127.0.0.1:4000
    layer: upstream

service:
  unit: hx-wrapper.service
  description: A wrapper to practise on
  port: 4010
  command: [/usr/bin/python3, -m, http.server, "4010", --bind, 127.0.0.1]
  workingFolder: scripts
  account: { user: root, group: root }
  wantedBy: [multi-user.target]
  environment:
    file: /etc/hx-wrapper.env
    owner: root
    group: root
    mode: "640"
    values: { LOG_LEVEL: INFO }
  limits: { openFiles: 65536, start: 30s, stop: 30s }
  entryPoints:
    - name: plain
      match: http.server
      health:
        - { path: / }

probes:
  - name: gateway-unit
    kind: unit
    unit: hx-practice.service
  - name: liveliness
    kind: http
    endpoint: upstream
    path: /health/liveliness
END

cat > /etc/hxops/plan.yaml << 'END'
format: 1
name: practice
description: The gateway is started anew
owner: Platform
version: "1"
root: /srv/gateway
target: 1m
budget: 2m
scenarios:
  - name: restart
    description: Restart the gateway and see it active
    budget: 1m
    steps:
      - name: restart
        budget: 30s
        action: { do: service, unit: hx-practice.service, verb: restart }
        observe:
          - { see: unit, unit: hx-practice.service, is: active }
END

systemctl daemon-reload
systemctl start hx-practice.service
for _ in $(seq 200); do
    (: < /dev/tcp/127.0.0.1/4000) 2> /dev/null && exit
    sleep 0.05
done
exit 1
