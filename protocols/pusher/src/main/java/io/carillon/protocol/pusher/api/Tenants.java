package io.carillon.protocol.pusher.api;

import io.carillon.app.App;
import io.carillon.app.AppRegistry;
import io.carillon.protocol.Rate;
import io.carillon.protocol.pusher.Signatures;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The apps whose backends have sent a request. Any thread. */
final class Tenants {

  private final AppRegistry apps;
  private final LongSupplier nanoClock;

  /** Only existing apps have an entry, so strangers can't fill the map. */
  private final Map<String, Tenant> byId = new ConcurrentHashMap<>();

  Tenants(AppRegistry apps, LongSupplier nanoClock) {
    this.apps = apps;
    this.nanoClock = nanoClock;
  }

  /** The app with this id, if the key belongs to it. */
  Optional<Tenant> find(String id, String key) {
    return apps.byId(id).filter(app -> app.key().equals(key)).map(this::of);
  }

  private Tenant of(App app) {
    Tenant known = byId.get(app.id());
    if (known == null) {
      return byId.computeIfAbsent(app.id(), _ -> newTenant(app));
    }
    return known.app().equals(app) ? known : renew(known, app);
  }

  private Tenant newTenant(App app) {
    return new Tenant(app, new Signatures(app), new Rate(nanoClock), new Rate(nanoClock));
  }

  /** The app was changed meanwhile. */
  private Tenant renew(Tenant known, App app) {
    Tenant renewed = new Tenant(app, new Signatures(app), known.events(), known.reads());
    byId.put(app.id(), renewed);
    return renewed;
  }
}
