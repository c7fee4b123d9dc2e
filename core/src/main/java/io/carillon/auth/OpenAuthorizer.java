package io.carillon.auth;

import io.carillon.message.Channel;

/** Lets everyone do everything; a token is not even looked at. */
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
