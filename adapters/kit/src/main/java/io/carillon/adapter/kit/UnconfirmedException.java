package io.carillon.adapter.kit;

/**
 * The broker has made bindings, and a node that lives has not confirmed that its publications come
 * here by them.
 */
public final class UnconfirmedException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnconfirmedException(String message) {
    super(message);
  }
}
