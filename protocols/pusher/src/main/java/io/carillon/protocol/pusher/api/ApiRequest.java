package io.carillon.protocol.pusher.api;

import io.carillon.app.App;
import io.carillon.protocol.pusher.RequestSignature;
import io.carillon.protocol.pusher.SignedQuery;

/**
 * A request that was accepted for an answer.
 *
 * @param tenant the app that asks
 * @param path what is asked for
 * @param signature the signed parts
 */
record ApiRequest(Tenant tenant, AppsPath path, RequestSignature signature) {

  App app() {
    return tenant.app();
  }

  SignedQuery query() {
    return signature.query();
  }
}
