"""What people type about conference, papers, proposals and dossiers, checked field by field."""
