/** The JavaScript client for topics: in Node.js, in pages of other servers, and its types. */
@NullMarked
package io.carillon.conformance.js;

import org.jspecify.annotations.NullMarked;
