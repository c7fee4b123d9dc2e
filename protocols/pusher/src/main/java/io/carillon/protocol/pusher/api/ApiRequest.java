package io.carillon.protocol.pusher.api;

import io.carillon.app.App;
import io.carillon.protocol.pusher.RequestSignature;
import io.carillon.protocol.pusher.SignedQuery;

/**
 * A request that was let in.
 *
 * @param tenant in whose name
 * @param path what is asked for
 * @param signature what is signed
 */
record ApiRequest(Tenant tenant, AppsPath path, RequestSignature signature) {

  App app() {
    return tenant.app();
  }

  SignedQuery query() {
    return signature.query();
  }
}
