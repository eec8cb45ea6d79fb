"""Questions over several figures or several articles: comparison, arithmetic, tables by place, mentions."""
