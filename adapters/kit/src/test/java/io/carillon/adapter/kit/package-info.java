@NullMarked
package io.carillon.adapter.kit;

import org.jspecify.annotations.NullMarked;
