package io.carillon.auth;

import io.carillon.message.Channel;

/** Lets every client do everything; it does not even look at a token. */
final class OpenAuthorizer implements Authorizer {

  @Override
  public Admission connect(String token, String name) {
    return new Admission.Granted(Grant.unlimited(name));
  }

  @Override
  public Decision subscribe(Grant grant, Channel channel) {
    return Decision.ALLOW;
  }

  @Override
  public Decision publish(Grant grant, Channel channel) {
    return Decision.ALLOW;
  }
}
