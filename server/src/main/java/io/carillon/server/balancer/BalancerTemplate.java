package io.carillon.server.balancer;

/** Writes the configuration of one kind of balancer. Stateless. */
interface BalancerTemplate {

  /**
   * The whole configuration, with comments.
   *
   * @throws IllegalArgumentException if this balancer can't do what the site asks for, with the
   *     remedy
   */
  String render(Site site);
}
