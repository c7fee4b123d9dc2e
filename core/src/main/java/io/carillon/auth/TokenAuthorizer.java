package io.carillon.auth;

import io.carillon.message.Channel;

/**
 * Lets a client with a token connect, and do what the token permits. A client's name comes from the
 * token alone: a client that could choose its name could pass for another one.
 */
public final class TokenAuthorizer implements Authorizer {

  private final TokenVerifier verifier;

  public TokenAuthorizer(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public Admission connect(String token, String name) {
    if (token.isEmpty()) {
      return new Admission.Refused(
          Rejection.unauthenticated(
              "A token is required: give it as ?token=, as the subprotocol bearer.<token> beside"
                  + " carillon.topics.v1, or in the header Authorization: Bearer."));
    }
    return verifier.verify(token);
  }

  @Override
  public Decision subscribe(Grant grant, Channel channel) {
    return Decision.of(grant.subscribe().match(channel.name()));
  }

  @Override
  public Decision publish(Grant grant, Channel channel) {
    return Decision.of(grant.publish().match(channel.name()));
  }
}
