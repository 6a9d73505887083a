"""What may follow a poor appraisal: 批评教育, then 组织处理, the member heard first."""
