/** Tests of the topics protocol. */
@NullMarked
package io.carillon.protocol.topics;

import org.jspecify.annotations.NullMarked;
