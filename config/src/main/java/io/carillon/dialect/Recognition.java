package io.carillon.dialect;

/**
 * The sentences for a user whose URL asks for another protocol than the server's.
 *
 * @param text names the protocol that answers, such as "the topics protocol answers, ..."
 * @param advice how a URL of this protocol looks
 * @param refusal both in one sentence, for somebody who subscribes
 */
public record Recognition(String text, String advice, String refusal) {}
