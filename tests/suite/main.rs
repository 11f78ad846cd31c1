mod bundles;
