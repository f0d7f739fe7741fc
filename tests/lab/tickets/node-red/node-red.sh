# Node-RED (npm package node-red, one version) as a receiver of webhooks: flows.json takes the documents of the recipe
# `webhook`, and tells under /held what it has. No editor, no admin interface, no telemetry; tickets live in its memory.

NODE_RED_VERSION=4.1.15
NODE_RED_DIR=$LAB_DIR/node-red
NODE_RED_BASE=http://$LAB_BIND:$NODE_RED_PORT
NODE_RED_MAIN=$NODE_RED_DIR/app/node_modules/node-red/red.js

node-red_install() {
  local package=$NODE_RED_DIR/app/node_modules/node-red/package.json
  grep -qsF "\"version\": \"$NODE_RED_VERSION\"" "$package" && return 0
  apt_need curl
  command -v npm >/dev/null || apt_need npm
  log "installing node-red $NODE_RED_VERSION with npm"
  rm -rf "$NODE_RED_DIR/app"; lab_mkdir "$NODE_RED_DIR"
  npm install --prefix "$NODE_RED_DIR/app" --omit=dev --ignore-scripts --no-audit --no-fund --no-update-notifier \
    "node-red@$NODE_RED_VERSION" >"$NODE_RED_DIR/setup.log" 2>&1 || { tail -20 "$NODE_RED_DIR/setup.log" >&2; die "npm install failed"; }
  chown -R "$LAB_USER:$LAB_GROUP" "$NODE_RED_DIR"
}

node-red_configure() {
  lab_mkdir "$NODE_RED_DIR/user"
  install -m 644 "$LAB_HOME/node-red/flows.json" "$NODE_RED_DIR/user/flows.json"
  chown "$LAB_USER:$LAB_GROUP" "$NODE_RED_DIR/user/flows.json"
  cat > "$NODE_RED_DIR/user/settings.js" <<CONF
// Written by the lab at every start.
module.exports = {
  uiHost: '$LAB_BIND',
  uiPort: $NODE_RED_PORT,
  httpAdminRoot: false,
  flowFile: 'flows.json',
  credentialSecret: false,
  telemetry: { enabled: false, updateNotification: false },
  diagnostics: { enabled: false, ui: false },
  externalModules: { autoInstall: false, palette: { allowInstall: false }, modules: { allowInstall: false } },
  functionExternalModules: true,
  logging: { console: { level: 'info', metrics: false, audit: false } },
};
CONF
}

# The first node on the path that the lab's user may run: one in somebody's home it may not.
node-red_node() {
  local node
  while read -r node; do
    as_lab "$node" --version >/dev/null 2>&1 && { printf '%s\n' "$node"; return 0; }
  done < <(type -aP node)
  die "no node that $LAB_USER may run"
}

node-red_start() {
  node-red_install
  if is_running node-red.web; then
    log "node-red already running at $NODE_RED_BASE"
  else
    port_free "$NODE_RED_PORT" || die "port $NODE_RED_PORT is taken; set NODE_RED_PORT"
    node-red_configure
    local node; node=$(node-red_node)
    ( cd "$NODE_RED_DIR" && spawn node-red.web "$NODE_RED_DIR/web.log" env RELAIS_SECRET="$NODE_RED_SECRET" NODE_RED_DISABLE_TELEMETRY=1 \
        "$node" "$NODE_RED_MAIN" --userDir "$NODE_RED_DIR/user" --no-telemetry )
    wait_http "$NODE_RED_BASE/" 60 node-red.web "$NODE_RED_DIR/web.log"
    # It listens before its flows are there.
    wait_until 60 curl -sf --max-time 5 "$NODE_RED_BASE/held" || { tail -30 "$NODE_RED_DIR/web.log" >&2; die "the flows of node-red did not start"; }
  fi
  node-red_publish
  log "node-red ready at $NODE_RED_BASE/tickets"
}

node-red_publish() {
  BASE=$NODE_RED_BASE VERSION=$NODE_RED_VERSION SECRET=$NODE_RED_SECRET perl -MJSON::PP -e '
    print JSON::PP->new->utf8->canonical->encode({
      system => "node-red", version => $ENV{VERSION}, baseUrl => $ENV{BASE}, api => "$ENV{BASE}/tickets",
      user => "", password => "", token => undef, secret => $ENV{SECRET} })' | json_put node-red
}

node-red_stop() { stop_one node-red.web TERM 15; json_del node-red; }
node-red_wipe() { node-red_stop; rm -rf "$NODE_RED_DIR"; }
