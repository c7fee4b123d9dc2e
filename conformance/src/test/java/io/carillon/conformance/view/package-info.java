/** Members, counts and channels of a whole cluster, while its nodes and its broker are hurt. */
@NullMarked
package io.carillon.conformance.view;

import org.jspecify.annotations.NullMarked;
